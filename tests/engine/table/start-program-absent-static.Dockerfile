# expect: does not start
# says: executable file not found
# severity: warning
# finding: SW017
FROM gcr.io/distroless/static-debian12
COPY app.js /app/app.js
CMD ["python", "/app/app.py"]
