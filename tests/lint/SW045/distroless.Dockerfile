FROM gcr.io/distroless/nodejs22-debian12
ONBUILD COPY . /app
ONBUILD RUN npm ci
