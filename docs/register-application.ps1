<#
.SYNOPSIS
    Registers the application in whose name Signet signs people in to Office 365.

.DESCRIPTION
    For an administrator of the organisation, in PowerShell 7 or Windows PowerShell 5.1. Needs the Microsoft Graph
    PowerShell modules: Install-Module Microsoft.Graph.Applications, Microsoft.Graph.Identity.SignIns -Scope CurrentUser

    An application of that name that is there already is set right instead of being registered a second time.

.PARAMETER Name
    The application's name, which people see when they are asked for consent.

.PARAMETER MultiTenant
    People of other organisations sign in too.

.PARAMETER Consent
    Grants consent for everybody of the organisation, so that nobody is asked at the first sign-in.
#>
param(
    [string] $Name = 'Signet',
    [switch] $MultiTenant,
    [switch] $Consent
)

$ErrorActionPreference = 'Stop'

$redirect = 'http://localhost'
$wanted = @(
    'IMAP.AccessAsUser.All'
    'POP.AccessAsUser.All'
    'SMTP.Send'
    'offline_access'
    'openid'
    'profile'
    'email'
)

$rights = @('Application.ReadWrite.All')
if ($Consent) { $rights += 'DelegatedPermissionGrant.ReadWrite.All' }
Connect-MgGraph -Scopes $rights -NoWelcome

# Microsoft Graph lists the mail permissions, though tokens for them are Exchange Online's.
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
$permissions = foreach ($value in $wanted) {
    $scope = $graph.Oauth2PermissionScopes | Where-Object { $_.Value -eq $value }
    if (-not $scope) { throw "Microsoft Graph has no delegated permission $value here." }
    @{ Id = $scope.Id; Type = 'Scope' }
}

$settings = @{
    DisplayName            = $Name
    SignInAudience         = if ($MultiTenant) { 'AzureADMultipleOrgs' } else { 'AzureADMyOrg' }
    PublicClient           = @{ RedirectUris = @($redirect) }
    RequiredResourceAccess = @(@{ ResourceAppId = $graph.AppId; ResourceAccess = @($permissions) })
}

$found = @(Get-MgApplication -Filter "displayName eq '$($Name.Replace("'", "''"))'")
if ($found.Count -gt 1) { throw "There are $($found.Count) applications named $Name. Choose another name with -Name." }
if ($found.Count -eq 1) {
    Update-MgApplication -ApplicationId $found[0].Id -BodyParameter $settings
    $application = Get-MgApplication -ApplicationId $found[0].Id
}
else {
    $application = New-MgApplication -BodyParameter $settings
}

$principal = Get-MgServicePrincipal -Filter "appId eq '$($application.AppId)'"
if (-not $principal) { $principal = New-MgServicePrincipal -AppId $application.AppId }

if ($Consent) {
    $scope = $wanted -join ' '
    $granted = @(Get-MgOauth2PermissionGrant -Filter "clientId eq '$($principal.Id)'" |
            Where-Object { $_.ConsentType -eq 'AllPrincipals' -and $_.ResourceId -eq $graph.Id })
    if ($granted) {
        Update-MgOauth2PermissionGrant -OAuth2PermissionGrantId $granted[0].Id -Scope $scope
    }
    else {
        $null = New-MgOauth2PermissionGrant -BodyParameter @{
            ClientId    = $principal.Id
            ConsentType = 'AllPrincipals'
            ResourceId  = $graph.Id
            Scope       = $scope
        }
    }
}

[pscustomobject]@{
    'Application (client) ID' = $application.AppId
    'Directory (tenant) ID'   = (Get-MgContext).TenantId
}
