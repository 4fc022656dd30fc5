FROM alpine:3.23
RUN yum install -y curl; echo ready
