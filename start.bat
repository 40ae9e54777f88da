@echo off
rem Double-click: the same as "python3 build start". Needs Python 3.11 or newer from python.org.
chcp 65001 >nul
cd /d "%~dp0"
where py >nul 2>nul && (py -3 build start %* & goto ended)
where python >nul 2>nul && (python build start %* & goto ended)
where python3 >nul 2>nul && (python3 build start %* & goto ended)
echo Fant ikke Python. Hent Python 3.11 eller nyere fra python.org, og prøv igjen.
pause
exit /b 1
:ended
if errorlevel 1 pause
