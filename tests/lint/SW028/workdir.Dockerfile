FROM alpine:3.23
RUN adduser -D -u 1000 app
USER 1000:1000
WORKDIR /var/lib/app
COPY initial.json .
ADD more.json /var/lib/app/more.json
CMD ["/usr/bin/app"]
