FROM alpine AS build
# bytes 1500
RUN <<EOF
head -c 1000 /dev/zero > /a
head -c 500 /dev/zero > /b
EOF
# bytes 12
COPY <<"ONE" /one
hello world
ONE
# bytes 8
COPY <<ONE <<TWO /two/
abc
ONE
def
TWO

FROM scratch
# bytes 1000
COPY --from=build /a /a
# bytes 12
COPY --from=build /one /one
