FROM gcr.io/distroless/static-debian13:nonroot
COPY tool /tool
RUN ['/tool', 'check']
ENTRYPOINT ['/tool']
