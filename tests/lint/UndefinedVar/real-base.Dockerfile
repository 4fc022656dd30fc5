FROM alpine
LABEL java=$JAVA_HOME
