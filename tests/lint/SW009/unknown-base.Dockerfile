FROM registry.example.com/base:1
ENTRYPOINT ["/server"]
CMD --port 80
