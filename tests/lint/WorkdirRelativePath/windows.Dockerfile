FROM --platform=windows/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2025 AS windows-base
WORKDIR C:\\app
