# expect: works
# The shell of the image runs a script that is its argument.
FROM gcr.io/distroless/static-debian12:debug
COPY start.sh /start.sh
CMD ["/start.sh"]
