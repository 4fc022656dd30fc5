FROM gcr.io/distroless/static-debian13
USER app
WORKDIR /data
COPY server /server
ENTRYPOINT ["/server"]
