# expect: build fails
# says: stat /bin/sh
# finding: SW001
FROM gcr.io/distroless/static-debian12 AS common
ENV MODE=production
FROM common AS final
RUN echo hello
