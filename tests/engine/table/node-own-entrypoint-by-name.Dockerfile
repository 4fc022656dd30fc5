# expect: does not start
# says: executable file not found in $PATH
# finding: SW017
# node is not on the PATH of this image.
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
ENTRYPOINT ["node", "app.js"]
