FROM ubuntu:24.04
RUN dnf install -y nginx
