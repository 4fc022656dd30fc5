FROM scratch
COPY --from=busybox /bin/busybox /bin/sh
COPY app /app
CMD /app --verbose
