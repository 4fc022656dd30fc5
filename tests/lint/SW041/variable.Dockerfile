ARG V=8
FROM openjdk:${V}
