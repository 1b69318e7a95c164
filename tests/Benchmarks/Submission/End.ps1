# What a script's process has used, as its last line, with what the script measured itself.
param([hashtable] $Figures = @{})
$own = Get-Process -Id $PID
$Figures.processor = $own.TotalProcessorTime.TotalMilliseconds
$Figures.memory = $own.PeakWorkingSet64
$Figures | ConvertTo-Json -Compress
