FROM arm64v8/alpine
CMD ["x"]
