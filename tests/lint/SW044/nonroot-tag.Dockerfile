FROM gcr.io/distroless/static-debian13:nonroot
COPY server /server
EXPOSE 80 443/tcp 9090
ENTRYPOINT ["/server"]
