# syntax=docker/dockerfile:1
# stagewright ignore-file=SW021 the accounts come from a volume
FROM debian:trixie AS build
# stagewright ignore=SW001 there was a shell-less image here once
RUN make

FROM gcr.io/distroless/static-debian13
# stagewright ignore=SW004,SW001,SW003 the base is replaced by CI
# what it does: nothing here
RUN make \
    # a comment inside
    install
# stagewright ignore=SW01 misspelt
RUN three
# stagewright ignore=SW08 misspelt, and not here
# stagewright ignore=BuildError never
COPY --from=build /x /x
# stagewright ignore=SW007 not directly above

CMD ["/x"]
# stagewright ignore=SW007 at the end
