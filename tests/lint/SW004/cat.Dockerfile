FROM gcr.io/distroless/nodejs22-debian12:nonroot
RUN cat <<'END' > /home/nonroot/config.json
{"home": "$HOME"}
END
CMD ["app.js"]
