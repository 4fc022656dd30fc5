FROM gcr.io/distroless/static-debian13:debug
COPY app /app
ENTRYPOINT []
CMD /app --listen :8080
