FROM scratch
COPY --from=busybox:musl /bin/ /bin/
COPY app /app
ENTRYPOINT /app --verbose
