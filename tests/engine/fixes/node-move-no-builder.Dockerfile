# expect: build fails
# fix: SW001
# says: hello written
FROM gcr.io/distroless/nodejs22-debian13:nonroot
WORKDIR /app
COPY write.js ./
RUN mkdir -p /data && chown nonroot:nonroot /data
CMD ["write.js"]
