@echo off
rem Runs flux4j's command line on Windows. Builds it first if its jar is missing.
setlocal
set "home=%~dp0.."
call :find
if not defined jar (
  pushd "%home%"
  call mvn -q -B -ntp -Dmaven.test.skip=true -pl src/cli -am package
  popd
  call :find
)
if not defined jar (
  echo flux4j: the build failed; its messages are above 1>&2
  exit /b 1
)
java -jar "%jar%" %*
exit /b %ERRORLEVEL%

:find
for /f "delims=" %%j in ('dir /b "%home%\target\flux4j-cli\flux4j-cli-*.jar" 2^>nul ^| findstr /v /i "tests sources javadoc"') do set "jar=%home%\target\flux4j-cli\%%j"
exit /b
