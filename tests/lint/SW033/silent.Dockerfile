FROM golang:1.27 AS env
ENV CGO_ENABLED=0
RUN go build -o /server .
FROM golang:1.27 AS prefix
RUN CGO_ENABLED=0 GOOS=linux go build -o /server .
FROM golang:1.27 AS argument
ARG CGO_ENABLED=0
RUN go build -o /server .
FROM golang:1.27 AS exported
RUN export CGO_ENABLED=0 && go build -o /server .
FROM golang:1.27 AS linked
RUN go build -ldflags '-linkmode external -extldflags "-static"' -o /server .
FROM golang:1.27 AS pure
RUN go build -tags netgo,osusergo -o /server .
FROM golang:1.27-alpine AS alpine
RUN go build -o /server .
FROM golang:1.27 AS windows
RUN GOOS=windows go build -o /server.exe .
FROM golang:1.27 AS unset
RUN go build -o /server .

FROM scratch AS a
COPY --from=env /server /a
COPY --from=prefix /server /b
COPY --from=argument /server /c
COPY --from=exported /server /d
COPY --from=linked /server /e
COPY --from=pure /server /f
COPY --from=alpine /server /g
COPY --from=windows /server.exe /h.exe
ENTRYPOINT ["/a"]

# Files to take out of the build: nothing starts here.
FROM scratch AS files
COPY --from=unset /server /

FROM gcr.io/distroless/base-debian13
COPY --from=unset /server /server
ENTRYPOINT ["/server"]
