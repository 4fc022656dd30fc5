FROM python:3.13-slim-trixie AS build
RUN pip install --target /deps flask
RUN python -m venv /venv && /venv/bin/pip install flask
RUN ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv /fitting

# Started by the image's own interpreter.
FROM gcr.io/distroless/python3-debian13 AS a
COPY --from=build /deps /deps
COPY --from=build /venv /venv
ENV PYTHONPATH=/venv/lib/python3.13/site-packages
CMD ["/app.py"]
FROM gcr.io/distroless/python3-debian13 AS b
COPY --from=build /fitting /fitting
ENTRYPOINT ["/fitting/bin/python", "/app.py"]
FROM python:3.13-slim-trixie AS c
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH
CMD ["gunicorn", "app:app"]
FROM debian:trixie-slim
COPY --from=build /deps /deps
CMD ["/app"]
