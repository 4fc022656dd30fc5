# The interpreter is there, comes along, or the document is fed to a program or a shell.
FROM alpine:3.23
RUN <<EOF
#!/bin/sh
echo hello
EOF
RUN apk add --no-cache python3
RUN <<EOF
#!/usr/bin/python3
print("hello")
EOF

FROM alpine:3.23 AS fed
RUN sh <<EOF
#!/usr/bin/python3
EOF
RUN <<EOF

#!/usr/bin/python3
EOF

FROM debian:trixie-slim AS other
RUN <<EOF
#!/usr/bin/env bash
echo hello
EOF

FROM example.com/team/tools
RUN <<EOF
#!/usr/bin/env ruby
puts 1
EOF
