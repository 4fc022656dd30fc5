FROM alpine
# first try
ENTRYPOINT ["a"]
ENTRYPOINT ["b"]
