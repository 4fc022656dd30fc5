FROM gcr.io/distroless/static-debian13
WORKDIR /home/nonroot/app
COPY server /home/nonroot/app/server
USER 1000
ENTRYPOINT ["/home/nonroot/app/server"]
