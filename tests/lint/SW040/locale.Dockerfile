FROM mcr.microsoft.com/dotnet/runtime:8.0-jammy-chiseled
ENV LANG=de_DE.UTF-8
COPY out /app
ENTRYPOINT ["dotnet", "/app/app.dll"]
