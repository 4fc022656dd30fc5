FROM golang:1.27-alpine AS build
RUN apk add --no-cache gcc musl-dev
RUN go build -o /server .

FROM scratch
COPY --from=build /server /server
ENTRYPOINT ["/server"]
