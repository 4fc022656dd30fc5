FROM gcr.io/distroless/python3-debian13:nonroot
COPY main.py /srv/main.py
CMD ["main.py", "--port", "80"]
