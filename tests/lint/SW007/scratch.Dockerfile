FROM scratch
COPY hello /
CMD /hello --name "Jane Doe" --path C:\\x
