# expect: does not start
# says: Cannot find module
# finding: SW009
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
CMD app.js
