FROM gcr.io/distroless/python3-debian12:debug
COPY app.py /app.py
CMD python3 /app.py
