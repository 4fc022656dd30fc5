FROM alpine
RUN a && \
  # comment
  b
RUN <<EOF

x
EOF
