using AmfmSite.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AmfmSite.IntegrationTests.Mail;

public class MailSetupTests
{
    [Fact]
    public async Task Start_ProductionWithoutMailSettings_StopsWithASentence()
    {
        using var app = Build("Production");

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains("Mail__Transport=Smtp", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_DevelopmentWithoutMailSettings_GivesPickup()
    {
        using var app = Build("Development", ("Mail:PickupDirectory", "mails"));
        await app.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();

        Assert.IsType<PickupTransport>(scope.ServiceProvider.GetRequiredService<IMailTransport>());
    }

    [Fact]
    public async Task Resolve_Smtp_GivesEachWorkerItsOwn()
    {
        using var app = Build(
            "Production",
            ("Mail:Transport", "Smtp"),
            ("Mail:Host", "smtp.example.org"),
            ("Mail:From", "site@example.org"),
            ("Mail:AdmissionsTo", "admissions@example.org"));
        await app.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();

        var one = scope.ServiceProvider.GetRequiredService<IMailTransport>();
        var other = scope.ServiceProvider.GetRequiredService<IMailTransport>();

        Assert.IsNotType<PickupTransport>(one);
        Assert.NotSame(one, other);
    }

    static IHost Build(string environment, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddMail(builder.Configuration);
        return builder.Build();
    }
}
