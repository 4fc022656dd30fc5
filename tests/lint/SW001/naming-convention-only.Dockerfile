FROM example.com/team/app:1.4-distroless
RUN mkdir /data
