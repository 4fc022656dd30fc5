# expect: works
# finding: SW049
# severity: info
# The engine enters the folder as root; only the program cannot read it.
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
WORKDIR /home/nonroot
USER 1000
CMD ["/app/busybox", "true"]
