# The same requests as First.ps1, written by hand.
$ErrorActionPreference = 'Stop'
$login = @{ grant_type = 'client_credentials'; client_id = $env:BENCHMARK_CLIENT; client_secret = $env:BENCHMARK_SECRET }
$token = (Invoke-RestMethod "$env:BENCHMARK_URI/api/v2/token" -Method Post -Body $login).access_token
$headers = @{ Authorization = "Bearer $token" }
$project = (Invoke-RestMethod "$env:BENCHMARK_URI/api/v1/org-unit/projects?filterBy=name==demo" -Headers $headers).projects[0]
$null = Invoke-RestMethod "$env:BENCHMARK_URI/api/v2/policy/trainings?projectId=$($project.id)" -Headers $headers -SkipHttpErrorCheck
$body = @{
    name = "by-hand-$([guid]::NewGuid().ToString('n').Substring(0, 8))"
    projectId = $project.id
    clusterId = $project.clusterId
    spec = @{ image = 'busybox'; command = 'true'; compute = @{ gpuDevicesRequest = 1 } }
} | ConvertTo-Json -Depth 5
$null = Invoke-RestMethod "$env:BENCHMARK_URI/api/v1/workloads/trainings" -Method Post -Body $body -ContentType application/json -Headers $headers
& "$PSScriptRoot/End.ps1"
