# expect: build fails
# says: executable file not found
# finding: SW003
FROM gcr.io/distroless/base-debian12
RUN ["apt-get", "update"]
