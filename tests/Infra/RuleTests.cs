using Dunning.Tests.Conventions;

namespace Dunning.Tests.Infra;

/// <summary>Template, azure.yaml, pipeline and code agree, and planted mistakes are found.</summary>
public sealed class RuleTests
{
    private const string Bicep = InfraFiles.CompiledTemplate;
    private const string Parameters = InfraFiles.ParametersFile;
    private const string Azd = InfraFiles.AzureYaml;
    private const string Workflow = InfraFiles.Workflow;
    private const string Code = InfraFiles.TheCode;

    private static readonly Func<InfraFiles, IEnumerable<string>>[] _rules =
    [
        SettingRules.Check,
        StorageRules.Check,
        RoleRules.Check,
        SecretRules.Check,
        ResourceRules.Check,
        AlertRules.Check,
        WebhookRules.Check,
        ParameterRules.Check,
        AzureYamlRules.Check,
    ];

    [Fact]
    public void The_repository_has_no_finding() => ScanAssert.Empty(FindingsIn(InfraFiles.OfRepository));

    [Theory]
    [InlineData(Bicep, "'RecoverSchedule', ", "'RecoverTimes', ", "infra does not set RecoverSchedule")]
    [InlineData(
        Bicep,
        "'Sms__From', ",
        "'Sms__Region', '', 'Sms__From', ",
        "nothing reads, and infra sets, Sms__Region"
    )]
    [InlineData(Bicep, "'Email__User', ", "'Email__ConnectionString', '', 'Email__User', ", "only for local use")]
    [InlineData(Bicep, "'Webhooks__{0}__Key'", "'Webhooks__{0}__Keys'", "infra does not set Webhooks__0__Key")]
    [InlineData(Bicep, "Storage__credential", "Storage__credentials", "not set AzureWebJobsStorage__credential")]
    [InlineData(Code, "\"Email__User\"", "\"Email__User\", \"Email__Account\"", "infra does not set Email__Account")]
    public void A_setting_that_differs_is_found(string file, string text, string wrong, string finding) =>
        AssertFound(file, text, wrong, finding);

    [Theory]
    [InlineData(Bicep, "\"sms-notices\",", "", "infra does not make the queue sms-notices")]
    [InlineData(Bicep, "'{0}-poison'", "'{0}-dead'", "infra does not make the queue scan-poison")]
    [InlineData(Bicep, "\"queueName\": \"email-events\"", "\"queueName\": \"mails\"", "does not make, the queue mails")]
    [InlineData(Bicep, "'default', 'email-events')]", "'default', 'mails')]", "does not make, the queue mails")]
    [InlineData(Bicep, "\"inbox\",", "", "infra does not make the table inbox")]
    [InlineData(Bicep, "\"sent-messages\"", "\"mails\"", "infra does not make the container sent-messages")]
    [InlineData(
        Code,
        "\"payments-received\"",
        "\"payments-seen\"",
        "the code does not use the queue payments-received"
    )]
    [InlineData(Code, "\"lookup\"", "\"names\"", "infra does not make the table names")]
    public void A_queue_table_or_container_that_differs_is_found(
        string file,
        string text,
        string wrong,
        string finding
    ) => AssertFound(file, text, wrong, finding);

    [Theory]
    [InlineData("974c5e8b-45b9", "974c5e8b-45b8", "storageQueueDataContributor is not the role")]
    [InlineData(
        "4633458b-17de-408a-b874-0445c86b69e6",
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        "keyVaultSecretsUser is not"
    )]
    [InlineData("\"[variables('roleIds').storageQueueDataContributor]\",", "", "the role is not assigned")]
    [InlineData("roleIds').storageQueueDataReader]", "roleIds').storageBlobDataOwner]", "unexpected role deployerId")]
    [InlineData(
        "\"scope\": \"[resourceId('Microsoft.Insights/comp",
        "\"of\": \"[resourceId('x",
        "unexpected role identity"
    )]
    [InlineData(
        ", parameters('identityPrincipalId'), variables('st",
        ", variables('st",
        "guid(scope, principal, role)"
    )]
    [InlineData("\"principalType\": \"ServicePrincipal\"", "\"description\": \"\"", "needs principalType")]
    public void A_role_that_differs_is_found(string text, string wrong, string finding) =>
        AssertFound(Bicep, text, wrong, finding);

    [Theory]
    [InlineData("email-events")]
    [InlineData("function-app")]
    public void A_module_that_does_not_wait_for_its_roles_is_found(string module)
    {
        var text = InfraFiles.OfRepository.Text(Bicep);
        var ofModule = text[text.IndexOf($"\"name\": \"{module}\"", StringComparison.Ordinal)..];

        AssertFound(
            Bicep,
            ofModule,
            ofModule.Replace("'roles')]", "'x')]", StringComparison.Ordinal),
            $"{module} does not wait for the roles"
        );
    }

    [Theory]
    [InlineData(
        "\"[parameters('location')]\"",
        "\"[listKeys(resourceId('a', 'b'), '2025-01-01').keys]\"",
        "reads keys"
    )]
    [InlineData("\"contentType\": \"text/plain\"", "\"contentType\": \"AccountKey=x\"", "holds a connection string")]
    [InlineData(
        "\"[variables('publicUri')]\"",
        "\"[if(true(), parameters('webhookKey'), '')]\"",
        "DUNNING_ADDRESS of main contains"
    )]
    [InlineData(
        "\"[variables('publicUri')]\"",
        "\"[variables('secretValues')]\"",
        "DUNNING_ADDRESS of main contains a secret"
    )]
    [InlineData("\"secureObject\"", "\"object\"", "the parameter values of secrets takes a secret and is not secure")]
    [InlineData(
        "'Sms__AuthToken', ",
        "'Sms__AuthToken', parameters('smsAuthToken'), 'X', ",
        "settings of function-app takes"
    )]
    public void A_secret_that_gets_out_is_found(string text, string wrong, string finding) =>
        AssertFound(Bicep, text, wrong, finding);

    [Theory]
    [InlineData(
        "\"allowSharedKeyAccess\": false",
        "\"allowSharedKeyAccess\": true",
        "needs allowSharedKeyAccess: False"
    )]
    [InlineData("\"httpsOnly\": true,", "", "needs httpsOnly: True")]
    [InlineData("\"location\": \"global\",\n              \"tags\": \"[parameters('tags')]\",", "", "has no tags")]
    [InlineData("'azd-service-name'", "'azd-service'", "by the tag azd-service-name")]
    [InlineData("\"DUNNING_SENDS_FROM\"", "\"VERSION\"", "the output VERSION needs a name")]
    [InlineData("\"packageUri\": {", "\"packageAddress\": {", "the output packageAddress of storage is not read")]
    public void A_resource_or_output_that_differs_is_found(string text, string wrong, string finding) =>
        AssertFound(Bicep, text, wrong, finding);

    [Theory]
    [InlineData(Bicep, "contains \\\"KeepPoisoned", "contains \\\"KeepRotten", "whose name begins with KeepRotten")]
    [InlineData(Bicep, "contains \\\"KeepPoisoned", "has \\\"KeepPoisoned", "there is no function KeepPoisoned")]
    [InlineData(
        Bicep,
        "Functions.KeepPoisoned",
        "Functions.KeepRotten",
        "the log line 'Executed 'Functions.KeepRotten'"
    )]
    [InlineData(Bicep, "\\\"dunning.scans\\\"", "\\\"dunning.sweeps\\\"", "nothing records the metric dunning.sweeps")]
    [InlineData(
        Bicep,
        "GET /api/manage/recover says",
        "GET /api/manage/failures says",
        "no route GET /api/manage/failures"
    )]
    [InlineData(Code, "{Channel} is in doubt", "{Channel} is unclear", "nothing writes the log line 'is in doubt'")]
    [InlineData(Code, "\"dunning.webhooks\"", "\"dunning.hooks\"", "nothing records the metric dunning.webhooks")]
    public void An_alert_for_something_that_never_occurs_is_found(
        string file,
        string text,
        string wrong,
        string finding
    ) => AssertFound(file, text, wrong, finding);

    [Theory]
    [InlineData(Code, "\"paddle\": [", "\"paddle-billing\": [", "infra does not know the provider paddle-billing")]
    [InlineData(Bicep, "\"xero\": ", "\"zero\": ", "the code does not know the provider zero")]
    [InlineData(
        Bicep,
        "\"gocardless-secret gocardless-token\"",
        "\"gocardless-secret\"",
        "gocardless needs gocardless-token"
    )]
    [InlineData(Bicep, "\"xero-secret\",", "\"xero-secret mollie-token\",", "xero does not need mollie-token")]
    [InlineData(
        Code,
        "\"razorpay-secret\"",
        "\"razorpay-secret\", \"razorpay-token\"",
        "razorpay needs razorpay-token"
    )]
    [InlineData(
        Bicep,
        "\"adyen-secret\": \"[parameters('adyenSecret')]\",",
        "",
        "adyen-secret, for which there is no parameter"
    )]
    [InlineData(Bicep, "\"square-url\": ", "\"square-address\": ", "square needs square-url")]
    [InlineData(Bicep, "\"mollie-token\": ", "\"molly-token\": ", "molly-token is the secret of no provider")]
    [InlineData(Parameters, "DUNNING_PADDLE_SECRET=", "DUNNING_PADLE_SECRET=", "not come from DUNNING_PADDLE_SECRET")]
    [InlineData(
        Bicep,
        "\"razorpaySecret\": {\n      \"type\": \"sec",
        "\"razorpaySecret\": {\"type\": \"",
        "razorpaySecret is not"
    )]
    public void A_provider_whose_needs_differ_is_found(string file, string text, string wrong, string finding) =>
        AssertFound(file, text, wrong, finding);

    [Theory]
    [InlineData(Parameters, "\"person\"", "\"persona\"", "main.bicep does not have persona")]
    [InlineData(Parameters, "\"person\"", "\"persona\"", "main.parameters.json lacks person")]
    [InlineData(Parameters, "TLS=startTls", "TLS=none", "the default of smtpTls is not that of main.bicep, 'startTls'")]
    [InlineData(Parameters, "PROVIDER}", "PROVIDER=acs}", "the default of emailProvider is not that of main.bicep, ''")]
    [InlineData(
        Bicep,
        "\"emailProvider\": {",
        "\"emailProvider\": {\n      \"defaultValue\": \"acs\",",
        "emailProvider has a default, so that azd does not ask for it"
    )]
    [InlineData(Parameters, "LANGUAGE=en", "LANGUAGE", "the default of language is not that of main.bicep, 'en'")]
    [InlineData(Parameters, "${DUNNING_COMPANY}", "Harbour", "company is not of the form")]
    [InlineData(Azd, "    - DUNNING_STRIPE_SECRET\n", "", "azure.yaml lacks pipeline.secrets: DUNNING_STRIPE_SECRET")]
    [InlineData(
        Azd,
        "    - DUNNING_PERSON\n",
        "    - DUNNING_PERSONS\n",
        "no parameter takes: pipeline.variables: DUNNING_PERSONS"
    )]
    [InlineData(
        Workflow,
        "DUNNING_ADYEN_SECRET: ",
        "DUNNING_ADYENS: ",
        "azure-dev.yml lacks jobs.deploy.env.DUNNING_ADYEN_SECRET"
    )]
    [InlineData(
        Workflow,
        "secrets.DUNNING_SQUARE_SECRET",
        "vars.DUNNING_SQUARE_SECRET",
        "lacks jobs.deploy.env.DUNNING_SQUARE"
    )]
    public void A_parameter_that_is_not_passed_on_is_found(string file, string text, string wrong, string finding) =>
        AssertFound(file, text, wrong, finding);

    [Theory]
    [InlineData("remoteBuild: false", "remoteBuilds: false", "azd does not know services.functions.remoteBuilds")]
    [InlineData("remoteBuild: false", "remoteBuild: true", "remoteBuild cannot be 'true'")]
    [InlineData("host: function\n", "host: functions\n", "host cannot be 'functions'")]
    [InlineData("  postprovision:", "  afterprovision:", "azd does not know hooks.afterprovision")]
    [InlineData("postprovision.ps1", "postprovisioning.ps1", "which does not exist")]
    [InlineData("  postdeploy:", "  prerestore:", "azure.yaml lacks hooks.postdeploy.posix.run")]
    [InlineData("    windows:", "    posix2:", "preprovision has nothing for windows")]
    [InlineData("  functions:", "  api:", "no resource has the tag of the service api")]
    [InlineData("name: dunning\n", "", "azure.yaml lacks name")]
    public void A_mistake_in_azure_yaml_is_found(string text, string wrong, string finding) =>
        AssertFound(Azd, text, wrong, finding);

    private static IEnumerable<string> FindingsIn(InfraFiles files) => _rules.SelectMany(check => check(files));

    private static void AssertFound(string file, string text, string wrong, string finding) =>
        Assert.Contains(
            FindingsIn(InfraFiles.OfRepository.With(file, text, wrong)),
            found => found.Contains(finding, StringComparison.Ordinal)
        );
}
