FROM gcr.io/distroless/static-debian13:nonroot
COPY server /server
USER 1000
ENTRYPOINT ["/server"]
