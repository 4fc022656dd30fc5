# Made by the fix; and checks that a plain wget cannot do.
FROM gcr.io/distroless/static-debian13 AS made
COPY app /app
COPY --from=busybox:musl /bin/wget /bin/wget
HEALTHCHECK CMD ["/bin/wget", "-q", "-O", "/dev/null", "http://localhost:8080/"]
CMD ["/app"]

FROM gcr.io/distroless/static-debian13
COPY app /app
HEALTHCHECK CMD ["curl", "-f", "-H", "Host: example.com", "https://localhost:8443/"]
CMD ["/app"]
