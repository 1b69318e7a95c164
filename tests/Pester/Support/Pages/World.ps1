<#
.SYNOPSIS
What pages take for granted, made for the shell that runs their examples: a control plane, a registered stack, secrets, a folder with
code, and the programs that steps start. Addresses and names in examples are replaced by those of this world.
#>
param([Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string] $Module, [Parameter(Mandatory)] [string] $Shell)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Programs of images that are not pulled: what the emulator starts comes from this machine.
$null = New-Item -ItemType Directory "$Folder/bin", "$Folder/work/src", "$Folder/work/data"
@{
    python = 'case "$1" in -c) echo 42 ;; esac; while [ $# -gt 0 ]; do case "$1" in --out) echo model > "$2" ;; esac; shift; done'
    # All ranks end together, as with torchrun itself: the workload is over when its master is, and other pods that still run are ended.
    torchrun = @'
for last; do :; done
echo "loss 0.1"
[ "$RANK" = 0 ] || exit 0
echo model > "$last"
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    [ "$(find STORE -path '*worker-*' -name result.json | wc -l)" -ge 3 ] && break
    sleep 1
done
'@.Replace('STORE', "'$Folder/store'")
    train = 'exit 0'
    pwsh = "exec '$([System.Environment]::ProcessPath)' '$Shell' `"`$@`""
}.GetEnumerator() | ForEach-Object {
    Set-Content "$Folder/bin/$($_.Key)" "#!/bin/sh`n$($_.Value)"
    chmod +x "$Folder/bin/$($_.Key)"
}
$env:PATH = "$Folder/bin$([System.IO.Path]::PathSeparator)$env:PATH"
Set-Content "$Folder/work/src/train.py", "$Folder/work/src/score.py", "$Folder/work/src/fit.py" 'pass'
Set-Content "$Folder/work/data/rows.csv" '1,2'
Set-Location "$Folder/work"

Import-Module $Module
$env:PSModulePath = (Get-Item $Module).Directory.Parent.Parent.FullName + [System.IO.Path]::PathSeparator + $env:PSModulePath
Import-Module Microsoft.PowerShell.SecretManagement
$rules = @{ compute = @{ cpuCoreRequest = @{ max = 32 } } }
$policy = @{ meta = @{ scope = 'project'; projectId = 1; name = 'p' }; policy = @{ rules = $rules } }
ConvertTo-Json @{ policies = @($policy) } -Depth 9 | Set-Content "$Folder/seed.json"
$emulator = Start-RunAiEmulator -Seed "$Folder/seed.json"
$secret = [System.Net.NetworkCredential]::new('', $emulator.ClientSecret).Password
$env:RUNAI_CLIENT_SECRET = $secret
$grant = ConvertTo-Json @{ grantType = 'client_credentials'; clientID = $emulator.ClientId; clientSecret = $secret }
$token = (Invoke-RestMethod "$($emulator.Uri)/api/v1/token" -Method Post -Body $grant -ContentType application/json).accessToken
Set-Content "$Folder/bin/runai" "#!/bin/sh`necho '$token'"
chmod +x "$Folder/bin/runai"
$env:BUILD_BUILDID, $env:SYSTEM_STAGEATTEMPT = '17', '1'

# Commands that would ask somebody or install something.
function Read-Host { param($Prompt, [switch] $MaskInput, [switch] $AsSecureString)
    if ($AsSecureString) { ConvertTo-SecureString $secret -AsPlainText } else { $secret }
}
function Get-Credential { [pscredential]::new($emulator.ClientId, (ConvertTo-SecureString $secret -AsPlainText)) }
function Get-AutomationConnection { param($Name)
    @{ ControlPlaneUrl = $emulator.Uri; ProjectName = 'demo'; ClientId = $emulator.ClientId; ClientSecret = $secret }
}
function Get-AutomationPSCredential { param($Name) [pscredential]::new('pusher', (ConvertTo-SecureString 'x' -AsPlainText)) }
function Install-PSResource { param([Parameter(ValueFromRemainingArguments)] $Given) }
function Register-PSResourceRepository { param([Parameter(ValueFromRemainingArguments)] $Given) }
function Register-SecretVault { param([Parameter(ValueFromRemainingArguments)] $Given) }

function Register-WorldOperator {
    $account = @{ ClientId = '{{runai_secret.client_id}}'; ClientSecret = '{{runai_secret.client_secret}}' }
    $null = Register-RunAiStepOperator gpu -RunAiBaseUrl $emulator.Uri -ProjectName demo @account -MonitoringInterval 0.05
}

function Register-World {
    $places = @{ ArtifactStore = "file:$Folder/store"; ContainerRegistry = "oci:$Folder/images"; ImageBuilder = 'Layer' }
    Register-WorldOperator
    $null = Register-RunAiStack prod -StepOperator gpu @places | Use-RunAiStack
}

function Clear-World {
    Get-RunAiStack | Unregister-RunAiStack -Confirm:$false 6> $null
    foreach ($kind in 'ArtifactStore', 'ContainerRegistry', 'ImageBuilder', 'StepOperator') {
        & "Get-RunAi$kind" | & "Unregister-RunAi$kind" -Force -Confirm:$false -WarningAction SilentlyContinue
    }
}

Set-Secret runai_secret -Secret @{ client_id = $emulator.ClientId; client_secret = $secret }
Set-Secret acr_push -Secret ([pscredential]::new('pusher', (ConvertTo-SecureString 'x' -AsPlainText)))
Set-Secret minio -Secret @{ AccessKeyId = 'a'; SecretAccessKey = 'b' }
Set-Secret hooks -Secret @{ runs = 'http://127.0.0.1:9/' }
Register-World
$settings = @{ GpuPortionRequest = 0.5 }
$run = Invoke-RunAiStep train -Source ./src -BaseImage scratch -Command python, train.py -Settings $settings -RunKey 17/train 6> $null
$runs = @($run)
$stored = $run
$first = Invoke-RunAiStep train -Image busybox -Command echo, 'epoch 1: loss 0.1' -Settings $settings 6> $null

<#
.SYNOPSIS
An example with the addresses and names of this world.
#>
function ConvertTo-World([string] $Code) {
    $Code = $Code.Replace('https://org.run.ai', $emulator.Uri)
    $Code = $Code.Replace("'my-service-account'", "'$($emulator.ClientId)'").Replace("'the secret'", "'$secret'")
    $Code = $Code.Replace('-ClientId my-service-account', "-ClientId $($emulator.ClientId)")
    $Code = $Code.Replace('az://mlartifacts/steps', "file:$Folder/store")
    $Code = $Code.Replace('s3://steps/team -Endpoint https://minio.example.org:9000 ', "file:$Folder/other ")
    $Code = $Code.Replace('myorg.azurecr.io/steps', "oci:$Folder/images")
    $Code = $Code -replace ' -(ContainerRegistry)?Credential ''\{\{(acr_push|minio|automation:acr push)\}\}''', ''
    $Code = $Code -replace ' -Credential \(Read-Host -AsSecureString\)', ''
    $Code = $Code -replace '-BaseImage \S+', '-BaseImage scratch' -replace ' -Show\b', ''
    $Code.Replace('runai-train-4g7c2h9k', $first.WorkloadName).Replace('01JD8Z5V0Q4X9T2M7N3K6P1R8S', $stored.RunId)
}
