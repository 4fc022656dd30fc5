FROM golang:1.27 AS build
ARG GOOS
RUN export GOOS && export CGO_ENABLED && go build -o /server .

FROM scratch
COPY --from=build /server /server
ENTRYPOINT ["/server"]
