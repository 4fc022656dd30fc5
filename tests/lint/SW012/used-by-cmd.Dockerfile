FROM scratch
COPY app /app
SHELL ["/bin/ash", "-c"]
CMD /app
