Describe 'Under an agent of Azure Pipelines' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $command = '##vso[task.setvariable variable=taken]yes'
        $environment = @{ TF_BUILD = 'True'; TEST_SOURCE = New-Item -ItemType Directory "$TestDrive/source" }
        Set-Content "$TestDrive/source/train.py" 1

        # Everything that a shell writes, to any stream; the agent reads it all.
        function Get-Written([string] $Script, [hashtable] $Environment) {
            $ended = Invoke-Shell '-Command', "`$PSStyle.OutputRendering = 'PlainText'; $Script" -Environment $Environment
            "$($ended.Output)`n$($ended.Errors)"
        }

        # A server that refuses every request in words that are a command.
        function Start-Refusal([string] $Body) {
            $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
            $listener.Start()
            $job = Start-ThreadJob -ArgumentList $listener, $command, $Body {
                param($listener, $command, $body)
                while ($true) {
                    $client = $listener.AcceptTcpClient()
                    $null = $client.GetStream().Read([byte[]]::new(65536), 0, 65536)
                    $head = "HTTP/1.1 400 Bad Request`r`nX-Request-Id: $command`r`nx-ms-error-code: $command`r`n"
                    $client.GetStream().Write([System.Text.Encoding]::UTF8.GetBytes("${head}Content-Length: $($body.Length)`r`nConnection: close`r`n`r`n$body"))
                    $client.Dispose()
                }
            }
            [pscustomobject]@{ Place = "127.0.0.1:$($listener.LocalEndpoint.Port)"; Listener = $listener; Job = $job }
        }

        function Assert-Harmless([string] $Text) {
            # The words must have come, or the test has shown nothing.
            $Text | Should -Match 'task\.setvariable'
            $Text | Should -Not -Match '##vso\[|##\['
        }
    }

    AfterAll { Exit-TestSession }

    It 'what a step prints, and its last lines in an error, are no command' {
        $step = "Import-Module `$env:TEST_MODULE; Invoke-RunAiStep loud -Image busybox -Command sh, -c, 'echo `"$command`"; exit 3' -Settings @{ GpuDevicesRequest = 0 }"

        Assert-Harmless (Get-Written $step $environment)
    }

    It 'an event of a pod is no command, as a line of the wait and in the diagnosis' {
        $seed = Get-Content -Raw "$PSScriptRoot/Support/seed.json" | ConvertFrom-Json -AsHashtable
        $seed.timetable.outcomes = @(@{ image = 'bad'; mountFails = $command })
        ConvertTo-Json $seed -Depth 9 | Set-Content "$TestDrive/hostile.json"
        $script = @'
            Import-Module $env:TEST_MODULE
            $emulator = Start-RunAiEmulator -Seed $env:TEST_SEED
            try {
                $env:TEST_SECRET = [Net.NetworkCredential]::new('', $emulator.ClientSecret).Password
                Register-RunAiStepOperator hostile -RunAiBaseUrl $emulator.Uri -ProjectName demo -ClientId $emulator.ClientId -ClientSecret '{{env:TEST_SECRET}}' | Out-Null
                Invoke-RunAiStep lost -StepOperator hostile -Image bad -Command x -Settings @{ GpuDevicesRequest = 0; PendingTimeout = 3 } -Verbose
                Get-RunAiWorkload -StepOperator hostile | Get-RunAiWorkloadEvent | Out-String -Width 300
            }
            finally { Stop-RunAiEmulator $emulator }
'@

        Assert-Harmless (Get-Written $script ($environment + @{ TEST_SEED = "$TestDrive/hostile.json"; RUNAI_CONFIG = "$TestDrive/hostile/runai.json" }))
    }

    It 'the words of a <Name> that refuses are no command, in errors and in verbose lines' -ForEach @(
        @{ Name = 'control plane'; Script = 'Get-RunAiProject -StepOperator refused -Verbose -Debug' }
        @{ Name = 'store'; Script = 'Get-RunAiArtifact -ArtifactStore refused -Verbose -Debug' }
        @{ Name = 'registry'; Script = 'Publish-RunAiStepImage -Source $env:TEST_SOURCE -BaseImage "$env:TEST_PLACE/base:1" -ContainerRegistry refused -Verbose' }
    ) {
        $words = $Name -eq 'store' ? "<Error><Code>$command ##[error]</Code><Message>$command</Message></Error>" : (ConvertTo-Json @{
            message = "$command first"; details = "##[error]$command"; error = 'invalid_grant'; error_description = "$command second"
            errors = @(@{ code = 'DENIED'; message = "$command third" })
        })
        $server = Start-Refusal $words
        try {
            $prepare = @'
                Import-Module $env:TEST_MODULE
                Register-RunAiStepOperator refused -RunAiBaseUrl "http://$env:TEST_PLACE" -ProjectName demo -ClientId id -ClientSecret '{{env:TEST_SECRET}}' | Out-Null
                Register-RunAiArtifactStore refused -Uri s3://bucket -Endpoint "http://$env:TEST_PLACE" -AccessKeyId id -Credential '{{env:TEST_SECRET}}' -RetryTimeout 0 | Out-Null
                Register-RunAiContainerRegistry refused -Uri "$env:TEST_PLACE/steps" | Out-Null
'@
            $places = @{ TEST_PLACE = $server.Place; RUNAI_CONFIG = "$TestDrive/$Name/runai.json" }

            Assert-Harmless (Get-Written "$prepare; $Script" ($environment + $places))
        }
        finally {
            $server.Listener.Stop()
            $server.Job | Remove-Job -Force
        }
    }
}
