# expect: does not start
# says: executable file not found in $PATH
# finding: SW017
# gap: SW017 does not know which folders the PATH of an image has
# severity: warning
# node is not on the PATH of this image.
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
ENTRYPOINT ["node", "app.js"]
