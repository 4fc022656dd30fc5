# expect: works
FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY busybox .
CMD ["./busybox", "true"]
