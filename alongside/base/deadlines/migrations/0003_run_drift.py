from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0002_run_stopped"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="drift",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
