FROM gcr.io/distroless/static-debian13
COPY etc/passwd /etc/passwd
COPY etc/group /etc/
COPY app /app
USER web:staff
ENTRYPOINT ["/app"]
