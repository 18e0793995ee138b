using DnsClient;
using DnsClient.Protocol;
using Dunning.Configuration;
using Dunning.Notices.Email;
using Moq;

namespace Dunning.Tests.Notices.Email;

/// <summary>What the domain of the sender publishes, and what is wrong with it.</summary>
public sealed class MailDomainTests
{
    [Theory]
    [InlineData("v=spf1 include:mail.example -all", null)]
    [InlineData("v=spf1 ip4:192.0.2.1 ~all", null)]
    [InlineData("v=spf1 +all", MailDomainProblem.AllowsEverybody)]
    [InlineData("v=spf1 mx all", MailDomainProblem.AllowsEverybody)]
    [InlineData("v=spf10 -all", MailDomainProblem.Missing)]
    [InlineData("google-site-verification=1", MailDomainProblem.Missing)]
    public async Task Spf_is_read_from_the_domain_of_the_sender(string record, MailDomainProblem? problem) =>
        Assert.Equal(
            problem,
            (await Domain(("billing.harbour.example", [record])).ReadSpfAsync(CancellationToken.None)).Problem
        );

    [Fact]
    public async Task Two_records_count_as_none()
    {
        var domain = Domain(
            ("billing.harbour.example", ["v=spf1 -all", "v=spf1 mx -all"]),
            ("_dmarc.billing.harbour.example", ["v=DMARC1; p=none", "v=DMARC1; p=reject"])
        );

        Assert.Equal(MailDomainProblem.Several, (await domain.ReadSpfAsync(CancellationToken.None)).Problem);
        Assert.Equal(MailDomainProblem.Several, (await domain.ReadDmarcAsync(CancellationToken.None)).Problem);
    }

    [Fact]
    public async Task Dmarc_of_a_domain_above_holds_for_those_below_it()
    {
        var domain = Domain(("_dmarc.harbour.example", ["v=DMARC1; p=quarantine; rua=mailto:d@harbour.example"]));

        Assert.Equal(
            new MailRecord("v=DMARC1; p=quarantine; rua=mailto:d@harbour.example", null),
            await domain.ReadDmarcAsync(CancellationToken.None)
        );
        Assert.Equal(MailDomainProblem.Missing, (await Domain().ReadDmarcAsync(CancellationToken.None)).Problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nobody_answers_nothing_is_said_about_the_record(bool throws)
    {
        var dns = new Mock<ILookupClient>();
        var query = dns.Setup(d =>
            d.QueryAsync(It.IsAny<string>(), QueryType.TXT, QueryClass.IN, It.IsAny<CancellationToken>())
        );
        if (throws)
            query.ThrowsAsync(new DnsResponseException(DnsResponseCode.ConnectionTimeout));
        else
            query.ReturnsAsync(Answer([], DnsHeaderResponseCode.ServerFailure));
        var domain = new MailDomain(dns.Object, _options);

        Assert.Equal(MailDomainProblem.NotAsked, (await domain.ReadSpfAsync(CancellationToken.None)).Problem);
        Assert.Equal(MailDomainProblem.NotAsked, (await domain.ReadDmarcAsync(CancellationToken.None)).Problem);
    }

    private static readonly EmailOptions _options = new() { From = "reminders@billing.harbour.example" };

    private static MailDomain Domain(params (string Name, string[] Records)[] zone)
    {
        var dns = new Mock<ILookupClient>();
        dns.Setup(d => d.QueryAsync(It.IsAny<string>(), QueryType.TXT, QueryClass.IN, It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                (string name, QueryType _, QueryClass _, CancellationToken _) =>
                    zone.FirstOrDefault(entry => entry.Name == name).Records is { } records
                        ? Answer(records, DnsHeaderResponseCode.NoError)
                        : Answer([], DnsHeaderResponseCode.NotExistentDomain)
            );
        return new MailDomain(dns.Object, _options);
    }

    private static IDnsQueryResponse Answer(string[] records, DnsHeaderResponseCode code) =>
        Mock.Of<IDnsQueryResponse>(answer =>
            answer.HasError == (code != DnsHeaderResponseCode.NoError)
            && answer.Header == new DnsResponseHeader(1, (ushort)code, 1, records.Length, 0, 0)
            && answer.Answers
                == records
                    .Select(text => new TxtRecord(
                        new ResourceRecordInfo("x.", ResourceRecordType.TXT, QueryClass.IN, 60, 0),
                        new[] { text },
                        new[] { text }
                    ))
                    .ToList()
        );
}
